package io.liangjiang.platform.test.architecture.planted.packagecycle.one;

import io.liangjiang.platform.test.architecture.planted.packagecycle.two.PlantedTwo;

public record PlantedOne(PlantedTwo two) {}
