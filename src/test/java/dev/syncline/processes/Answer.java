package dev.syncline.processes;

import java.net.http.HttpHeaders;

import com.fasterxml.jackson.databind.JsonNode;

/** What a process answered; the body is missing where it was none of JSON. */
record Answer(int status, HttpHeaders headers, JsonNode body) {
    String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
