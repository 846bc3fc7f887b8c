package io.liangjiang.identity;

import io.liangjiang.platform.test.CityTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test of identity on a real database and a real wire, with the servers outside the city. */
@QuarkusTest
@Stereotype
@QuarkusTestResource(CityTestResource.class)
@QuarkusTestResource(OutsideWorld.class)
@QuarkusTestResource(IdentityTestSettings.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface IdentityTest {}
