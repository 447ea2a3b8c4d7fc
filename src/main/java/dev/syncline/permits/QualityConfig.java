package dev.syncline.permits;

import java.util.List;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;

import io.smallrye.config.WithDefault;

/** What the quality snapshot calls active, and from where on it warns (S1, Spec 28). */
public interface QualityConfig {
    /** Permits with one of these statuses are active; outer blanks do not count. */
    @WithDefault(
            "Application Received,Application Acceptable,Under Review,Examiner's Notice Sent,Response Received,"
                    + "Issuance Pending,Ready for Issuance,Permit Issued,Revision Issued,Not Started,Work Not Started,Inspection")
    @NotEmpty
    List<@NotBlank String> activeStatuses();

    /** A cost below this cannot be meant. */
    @WithDefault("0")
    long costFrom();

    /** Nor can one above this. */
    @WithDefault("2000000000")
    long costTo();

    /** When more than this share of the permits has no description, something is wrong with the feed. */
    @WithDefault("0.05")
    @DecimalMin("0")
    @DecimalMax("1")
    double withoutDescriptionShare();

    /** The same for the builder, which most permits lack. */
    @WithDefault("0.95")
    @DecimalMin("0")
    @DecimalMax("1")
    double withoutBuilderShare();
}
