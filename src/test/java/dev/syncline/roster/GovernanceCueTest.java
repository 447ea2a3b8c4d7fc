package dev.syncline.roster;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("S0, normalization: the governance cue")
class GovernanceCueTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            Good,         ,                      ,            none
            Unknown,      '',                    ,            none
            ,             ,                      ,            none
            Poor,         ,                      condition,   critical
            Needs Repair, ,                      condition,   critical
            Good,         Returned,              offboarding, attention
            Good,         On Hold,               offboarding, critical
            Good,         Security review,       offboarding, critical
            Good,         To be DECOMmissioned,  offboarding, critical
            Good,         Retired,               offboarding, critical
            Poor,         Returned,              offboarding, critical
            """)
    void tellsReasonAndSeverity(
            String condition, String offboarding, GovernanceCue.Reason reason, GovernanceCue.Severity severity) {
        assertThat(GovernanceCue.of(condition, offboarding)).isEqualTo(new GovernanceCue(reason, severity));
    }
}
