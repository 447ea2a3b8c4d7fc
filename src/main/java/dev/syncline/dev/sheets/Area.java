package dev.syncline.dev.sheets;

/**
 * A rectangle of cells.
 *
 * @param top first row, from 0
 * @param left first column, from 0
 * @param bottom the row behind the last one
 * @param right the column behind the last one
 */
record Area(int top, int left, int bottom, int right) {
    static Area cell(int row, int column) {
        return new Area(row, column, row + 1, column + 1);
    }

    int rows() {
        return bottom - top;
    }

    int columns() {
        return right - left;
    }

    /** Grown so that the cell is in it. */
    Area with(int row, int column) {
        return new Area(
                Math.min(top, row), Math.min(left, column), Math.max(bottom, row + 1), Math.max(right, column + 1));
    }

    boolean touches(Area other) {
        return top < other.bottom && other.top < bottom && left < other.right && other.left < right;
    }

    /** As Google writes it, such as {@code Devices!A1:Z1000}. */
    String a1(String tab) {
        String corner = A1.name(top, left);
        boolean isCell = rows() == 1 && columns() == 1;
        return A1.quoted(tab) + "!" + corner + (isCell ? "" : ":" + A1.name(bottom - 1, right - 1));
    }
}
