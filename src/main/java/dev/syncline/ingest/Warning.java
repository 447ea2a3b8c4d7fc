package dev.syncline.ingest;

import java.util.List;

import dev.syncline.platform.ErrorCode;

/** Something that a person should know of a run that did not fail. The sample names a few of the rows concerned. */
public record Warning(String code, String message, List<String> sample) {
    public Warning {
        sample = List.copyOf(sample);
    }

    public static Warning of(ErrorCode code, String message, List<String> sample) {
        return new Warning(code.name(), message, sample);
    }
}
