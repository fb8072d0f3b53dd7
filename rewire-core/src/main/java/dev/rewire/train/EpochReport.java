package dev.rewire.train;

import dev.rewire.network.Evaluation;

/**
 * What one epoch of training came to.
 *
 * @param epoch number of the epoch, from 1
 * @param trainLoss mean loss of the samples, each before the step that it took part in
 * @param trainAccuracy likewise, 0 to 1; NaN where targets are numbers
 * @param test the test set after the epoch
 * @param connections connections while training
 * @param rewired connections that the evolution after this epoch dropped
 * @param trainingNanos time of the training steps
 * @param evolutionNanos time of the evolution
 * @param testNanos time of the test
 * @param flops floating point operations of its training steps in theory, see {@link
 *     dev.rewire.network.Cost}; with those that a rule repeated to see gradients
 * @param bytes what their loops asked the memory system for, in theory
 */
public record EpochReport(
    int epoch,
    double trainLoss,
    double trainAccuracy,
    Evaluation test,
    long connections,
    long rewired,
    long trainingNanos,
    long evolutionNanos,
    long testNanos,
    long flops,
    long bytes) {}
