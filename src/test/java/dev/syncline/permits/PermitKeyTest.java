package dev.syncline.permits;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.ingest.RowRejected;
import dev.syncline.platform.ErrorCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PermitKeyTest {
    @Test
    void joinsNumberAndRevision() {
        assertThat(keyOf("21 178362 BLD", "00")).isEqualTo("21 178362 BLD--00");
        assertThat(keyOf(" 21 178362 BLD ", "\u00A001")).isEqualTo("21 178362 BLD--01");
        assertThat(keyOf(12345L, 1L)).isEqualTo("12345--01");
        assertThat(keyOf("21 178362 BLD", "1")).isEqualTo("21 178362 BLD--01");
        assertThat(keyOf("21 178362 BLD", "010")).isEqualTo("21 178362 BLD--010");
    }

    @Test
    void takesAMissingRevisionForTheOriginal() {
        assertThat(PermitRows.aRow().with("REVISION_NUM", null).row())
                .extracting(row -> PermitKey.of(row).text())
                .isEqualTo("21 178362 BLD--00");
        assertThat(PermitKey.of(PermitRows.aRow().without("REVISION_NUM").row()).text())
                .isEqualTo("21 178362 BLD--00");
    }

    @Test
    void rejectsAKeyWithoutAPart() {
        assertRejected(null, "00", ErrorCode.KEY_MISSING, "PERMIT_NUM");
        assertRejected("", "00", ErrorCode.KEY_MISSING, "PERMIT_NUM");
        assertRejected(" \u00A0", "00", ErrorCode.KEY_MISSING, "PERMIT_NUM");
        assertRejected(Double.NaN, "00", ErrorCode.KEY_MISSING, "PERMIT_NUM");
        assertRejected("21 178362 BLD", "", ErrorCode.KEY_MISSING, "REVISION_NUM");
        assertRejected("21 178362 BLD", "  ", ErrorCode.KEY_MISSING, "REVISION_NUM");
    }

    @Test
    void rejectsAPartThatIsTooLong() {
        assertThat(keyOf("x".repeat(30), "1234567890")).isEqualTo("x".repeat(30) + "--1234567890");
        assertRejected("x".repeat(31), "00", ErrorCode.KEY_TOO_LONG, "PERMIT_NUM");
        assertRejected("21 178362 BLD", "12345678901", ErrorCode.KEY_TOO_LONG, "REVISION_NUM");
    }

    @Test
    void rejectsAPartThatIsNoValue() {
        assertRejected(List.of("a"), "00", ErrorCode.CELL_NOT_SCALAR, "PERMIT_NUM");
        assertRejected("21 178362 BLD", Map.of(), ErrorCode.CELL_NOT_SCALAR, "REVISION_NUM");
    }

    @Test
    void letsNoTwoPermitsReadAlike() {
        assertThat(keyOf("A--01", "02")).isEqualTo("A--01--02");
        assertThat(PermitKey.parse("A--01--02")).contains(new PermitKey("A--01", "02"));
        assertThat(PermitKey.parse("A---01")).contains(new PermitKey("A-", "01"));
        assertRejected("A", "01--02", ErrorCode.ROW_MALFORMED, "REVISION_NUM");
        assertRejected("A", "-01", ErrorCode.ROW_MALFORMED, "REVISION_NUM");
    }

    @Test
    void readsItsOwnText() {
        PermitKey key = new PermitKey("03 112028 BLD", "01");
        assertThat(PermitKey.parse(key.text())).contains(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--",
                "--00",
                "21 178362 BLD",
                "21 178362 BLD-00",
                "21 178362 BLD--",
                "A-- ",
                "A--12345678901"
            })
    void refusesAnIdThatNoPermitHas(String id) {
        assertThat(PermitKey.parse(id)).isEmpty();
    }

    private static String keyOf(@Nullable Object permitNum, @Nullable Object revisionNum) {
        return PermitKey.of(PermitRows.aRow()
                        .with("PERMIT_NUM", permitNum)
                        .with("REVISION_NUM", revisionNum)
                        .row())
                .text();
    }

    private static void assertRejected(
            @Nullable Object permitNum, @Nullable Object revisionNum, ErrorCode code, String column) {
        RowRejected rejected = catchThrowableOfType(RowRejected.class, () -> keyOf(permitNum, revisionNum));
        assertThat(rejected.code()).isEqualTo(code);
        assertThat(rejected.column()).isEqualTo(column);
    }
}
