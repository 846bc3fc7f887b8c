/**
 * The database of a trial city in a cluster: one pod that the chart starts from an image of ours.
 * The template of its data is made with the image, because that needs a shell; what a city is to
 * have is put in when the pod starts. A city that keeps its data does not use it.
 */
@NullMarked
package io.liangjiang.standalone.trial;

import org.jspecify.annotations.NullMarked;
