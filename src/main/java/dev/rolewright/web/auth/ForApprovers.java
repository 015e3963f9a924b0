package dev.rolewright.web.auth;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a method of `/api` that decides what was kept back for a human: for approvers, and for nobody else. Who runs
/// Rolewright does not thereby decide who loses access.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ForApprovers {}
