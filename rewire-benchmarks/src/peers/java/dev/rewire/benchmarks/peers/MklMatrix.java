package dev.rewire.benchmarks.peers;

import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.mkl.global.mkl_rt;

/**
 * A sparse matrix of MKL in the memory of ours, for one kind of product.
 *
 * <p>Until {@link #optimize} it follows our weights. After that MKL works on a copy of its own and
 * does not see that the weights have changed.
 */
final class MklMatrix implements AutoCloseable {
  private static final int MANY_CALLS = 1_000_000;

  private final mkl_rt.sparse_matrix handle = new mkl_rt.sparse_matrix();
  private final mkl_rt.matrix_descr description = new mkl_rt.matrix_descr();
  private final int operation;
  // MKL keeps these addresses.
  private final IntPointer rowStart;
  private final IntPointer rowEnd;
  private final IntPointer column;
  private final FloatPointer weight;

  MklMatrix(int rows, int columns, Ints rowStart, Ints column, Floats weight, boolean transposed) {
    operation =
        transposed ? mkl_rt.SPARSE_OPERATION_TRANSPOSE : mkl_rt.SPARSE_OPERATION_NON_TRANSPOSE;
    this.rowStart = pointer(rowStart);
    rowEnd = this.rowStart.getPointer(1);
    this.column = pointer(column);
    this.weight = pointer(weight);
    description.type(mkl_rt.SPARSE_MATRIX_TYPE_GENERAL);
    check(
        mkl_rt.mkl_sparse_s_create_csr(
            handle,
            mkl_rt.SPARSE_INDEX_BASE_ZERO,
            rows,
            columns,
            this.rowStart,
            rowEnd,
            this.column,
            this.weight));
  }

  /** Lets MKL prepare for very many products; it copies the weights. */
  MklMatrix optimize(int batch) {
    check(
        mkl_rt.mkl_sparse_set_mm_hint(
            handle, operation, description, mkl_rt.SPARSE_LAYOUT_ROW_MAJOR, batch, MANY_CALLS));
    check(mkl_rt.mkl_sparse_optimize(handle));
    return this;
  }

  static IntPointer pointer(Ints ints) {
    return new IntPointer(native_(ints.segment().asByteBuffer()).asIntBuffer());
  }

  static FloatPointer pointer(Floats floats) {
    return new FloatPointer(native_(floats.segment().asByteBuffer()).asFloatBuffer());
  }

  private static ByteBuffer native_(ByteBuffer buffer) {
    return buffer.order(ByteOrder.nativeOrder());
  }

  /** {@code y = this * x}, both dense and row-major. */
  void multiply(FloatPointer x, FloatPointer y, int batch) {
    check(
        mkl_rt.mkl_sparse_s_mm(
            operation,
            1f,
            handle,
            description,
            mkl_rt.SPARSE_LAYOUT_ROW_MAJOR,
            x,
            batch,
            batch,
            0f,
            y,
            batch));
  }

  @Override
  public void close() {
    check(mkl_rt.mkl_sparse_destroy(handle));
  }

  private static void check(int status) {
    if (status != mkl_rt.SPARSE_STATUS_SUCCESS) {
      throw new IllegalStateException("MKL failed with status " + status);
    }
  }
}
