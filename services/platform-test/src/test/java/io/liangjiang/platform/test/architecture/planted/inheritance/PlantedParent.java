package io.liangjiang.platform.test.architecture.planted.inheritance;

class PlantedParent {}
