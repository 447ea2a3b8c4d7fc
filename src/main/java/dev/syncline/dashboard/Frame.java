package dev.syncline.dashboard;

import java.util.List;

import dev.syncline.identity.Account;

/**
 * What stands around each page.
 *
 * @param links the pages that the account may see
 * @param path of the page itself
 */
public record Frame(Account account, List<PageLink> links, String path, boolean development) {
    public Frame {
        links = List.copyOf(links);
    }

    public boolean here(PageLink link) {
        return link.path().equals(path);
    }

    /** The name of the page, for its title. */
    public String title() {
        return links.stream()
                .filter(this::here)
                .map(PageLink::title)
                .findFirst()
                .orElse("");
    }
}
