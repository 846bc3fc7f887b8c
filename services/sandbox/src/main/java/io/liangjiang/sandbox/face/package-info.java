/**
 * A provider that compares the face before a phone's camera with the register's picture, without
 * faces: a tester says who stood there. Identity asks it, testers and the demo play the camera.
 * Nothing of it survives a restart.
 */
package io.liangjiang.sandbox.face;
