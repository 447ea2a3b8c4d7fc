package dev.syncline.writeback;

import io.quarkus.runtime.annotations.RegisterForReflection;

import dev.syncline.platform.ErrorCode;

/**
 * Something that a person should know of a cell that was left as it is (S2-36).
 *
 * @param column the label
 */
@RegisterForReflection(registerFullHierarchy = true)
public record CellRemark(ErrorCode code, String column, String detail) {}
