package dev.syncline.dev.sheets;

/** How a cell shows its number. */
record NumberFormat(Type type, String pattern) {
    /** The API's names. */
    enum Type {
        TEXT,
        NUMBER,
        PERCENT,
        CURRENCY,
        DATE,
        TIME,
        DATE_TIME,
        SCIENTIFIC
    }

    static final NumberFormat PLAIN_TEXT = new NumberFormat(Type.TEXT, "@");
    static final NumberFormat ISO_DATE = new NumberFormat(Type.DATE, "yyyy-mm-dd");
    static final NumberFormat ISO_DATE_TIME = new NumberFormat(Type.DATE_TIME, "yyyy-mm-dd hh:mm:ss");
    static final NumberFormat DOLLARS = new NumberFormat(Type.CURRENCY, "\"$\"#,##0.00");

    boolean isTime() {
        return type == Type.DATE || type == Type.TIME || type == Type.DATE_TIME;
    }
}
