package dev.syncline.google;

import com.google.auth.oauth2.GoogleCredentials;

/**
 * Who calls, and the proof of it.
 *
 * @param principal the service account's address; {@code default} for an application default credential that has none
 * @param google for one scope; keeps its token for as long as that is good
 * @param fingerprint differs between two keys
 */
record Credential(Purpose purpose, String principal, GoogleCredentials google, String fingerprint) {
    /** A person at Google's end finds the account by this. */
    String account() {
        return principal.contains("@") ? principal : "this service's account";
    }
}
