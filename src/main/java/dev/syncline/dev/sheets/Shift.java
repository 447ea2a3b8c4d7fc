package dev.syncline.dev.sheets;

/**
 * Rows or columns that came or went.
 *
 * @param count how many came; negative for how many went
 */
record Shift(boolean isOfRows, int at, int count) {
    /** Where the first of several is afterwards. */
    int first(int index) {
        if (index < at) {
            return index;
        }
        return Math.max(at, index + count);
    }

    /** Where the last of several is afterwards. */
    int last(int index) {
        if (index < at) {
            return index;
        }
        return Math.max(at - 1, index + count);
    }
}
