package dev.syncline.roster;

import java.util.List;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Everything about one device.
 *
 * @param history the last 50 changed fields, newest first
 */
@RegisterForReflection(registerFullHierarchy = true)
record DeviceDetail(DeviceView device, List<DeviceChange> history) {
    DeviceDetail {
        history = List.copyOf(history);
    }
}
