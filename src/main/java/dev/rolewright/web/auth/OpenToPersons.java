package dev.rolewright.web.auth;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a SCIM resource method that a person may call with a token of their own: `/Me` and the discovery endpoints.
/// Every other method is for the identity provider.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OpenToPersons {}
