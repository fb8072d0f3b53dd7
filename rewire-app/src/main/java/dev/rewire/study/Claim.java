package dev.rewire.study;

import java.util.function.Function;

/**
 * Something that was said about the question, and how runs decide whether it is so.
 *
 * @param id short name
 * @param words what was said
 * @param rule in words, when it holds
 * @param test the rule
 */
public record Claim(String id, String words, String rule, Function<Evidence, Verdict> test) {}
