package dev.rolewright.contract;

/// One file of a contract's directory.
///
/// @param name as findings show it: the path below the directory
public record SourceFile(String name, String text) {}
