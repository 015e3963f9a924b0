package dev.rolewright.web.auth;

/// The tokens that every test with a running application may use.
public final class TestTokens {

    /// Opens `/scim/v2`.
    public static final String SCIM = "test-token-of-the-default-source-0001";

    /// Opens `/api`.
    public static final String ADMIN = "test-token-of-the-administrator-0001";

    private TestTokens() {}
}
