package dev.rolewright.amendment;

/// Another contract holds than before, as a CDI event. It is fired on each replica when that replica notices, also
/// once at start; [Contracts#active()] already answers with the same.
public record ContractActivated(ActiveContract contract) {}
