package dev.syncline.source;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Asks the name service. Blocking; may hang as long as the name service does. */
interface HostResolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
}
