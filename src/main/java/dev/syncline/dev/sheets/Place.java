package dev.syncline.dev.sheets;

/** Cells of a tab. */
record Place(Sheet sheet, Area area) {
    String a1() {
        return area.a1(sheet.title());
    }
}
