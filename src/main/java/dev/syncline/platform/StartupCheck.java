package dev.syncline.platform;

import java.util.List;

/**
 * Something that must be right before this process may serve: a setting is there, a secret is not blank, a folder can
 * be read. Any bean may be one. Asked once, on the main thread (blocking is fine), before a port is open.
 */
public interface StartupCheck {

    /**
     * What is wrong, a sentence each, naming the setting and what it should look like, never a secret's value. Empty
     * when all is well.
     */
    List<String> problems();
}
