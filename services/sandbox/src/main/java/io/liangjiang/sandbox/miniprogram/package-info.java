/**
 * The super-app's servers as a mini-program's back end sees them: one-time login codes, openids,
 * phone numbers, with the names, limits and error numbers of WeChat. Identity calls it; a tester
 * asks it for codes as the phone would. Sessions and citizens are the city's, not ours.
 */
package io.liangjiang.sandbox.miniprogram;
