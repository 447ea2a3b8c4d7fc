package dev.syncline.dev;

import java.util.List;
import java.util.Locale;

/** Who can be whom on a developer's machine; the name is the address before {@code @example.org} too. */
public enum SamplePerson {
    viewer("sees everything, changes nothing", List.of("viewer")),
    manager("starts and stops runs, decides held sweeps", List.of("manager")),
    lead("says who may log in, beside that", List.of("lead")),
    admin("may do everything", List.of("admin")),
    stranger("is known to the provider, and not on the list of who may log in", List.of("admin")),
    unverified("has an address that nobody has verified", List.of("admin"));

    private final String words;
    private final List<String> roles;

    SamplePerson(String words, List<String> roles) {
        this.words = words;
        this.roles = roles;
    }

    String words() {
        return words;
    }

    List<String> roles() {
        return roles;
    }

    public String email() {
        return name() + "@example.org";
    }

    boolean verified() {
        return this != unverified;
    }

    String displayName() {
        return name().substring(0, 1).toUpperCase(Locale.ROOT) + name().substring(1);
    }
}
