package dev.syncline.platform;

import java.util.List;

/** The indexes of one room's collections; a bean of this type adds them to the list that is ensured at start (C0-56). */
public interface RequiredIndexes {
    List<RequiredIndex> indexes();
}
