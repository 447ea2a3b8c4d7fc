package dev.syncline.source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import jakarta.inject.Singleton;

import dev.syncline.platform.StartupCheck;

/** What is read from where, and how much of it, must be settings that can be meant (C0-53). */
@Singleton
class SourceSettingsCheck implements StartupCheck {
    private final HttpSettings http;
    private final FeedSettings feed;

    SourceSettingsCheck(HttpSettings http, FeedSettings feed) {
        this.http = http;
        this.feed = feed;
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        http.allowedHosts().orElse(List.of()).forEach(host -> test(() -> AllowedHost.parse(host), "", problems));
        test(() -> FeedLimits.of(feed), "syncline.feed.", problems);
        return problems;
    }

    private static void test(Supplier<?> setting, String prefix, List<String> problems) {
        try {
            var unused = setting.get();
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.add(prefix + e.getMessage());
        }
    }
}
