package dev.rewire.layer;

/** What training may spend memory on. */
public enum MemoryMode {
  /** Whatever makes it fast: the transposed index where rows are long, 8 bytes a connection. */
  STANDARD,
  /** No transposed index: slower where rows are long. */
  LEAN
}
