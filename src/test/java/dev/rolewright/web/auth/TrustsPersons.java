package dev.rolewright.web.auth;

import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA256;

import dev.rolewright.web.pickup.PasswordsAreGiven;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jose4j.jwt.JwtClaims;

/// People come for themselves, with tokens of the made-up issuer.
public class TrustsPersons extends PasswordsAreGiven {

    private static final String CLAIM = "preferred_username";

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
        settings.put("rolewright.source.default.jwt.issuer", MadeUpIssuer.NAME);
        settings.put("rolewright.source.default.jwt.audience", MadeUpIssuer.AUDIENCE);
        settings.put(
                "rolewright.source.default.jwt.jwks-file", IssuerFile.write().toString());
        settings.put("rolewright.source.default.jwt.subjects", "client-42");
        settings.put("rolewright.source.default.jwt.person-claim", CLAIM);
        return settings;
    }

    /// The token of somebody who has just logged in.
    public static String token(String userName) {
        return token(userName, _ -> {});
    }

    public static String token(String userName, Consumer<JwtClaims> change) {
        return MadeUpIssuer.signed(IssuerFile.key(), RSA_USING_SHA256, MadeUpIssuer.good(claims -> {
            claims.setSubject("0815");
            claims.setClaim(CLAIM, userName);
            change.accept(claims);
        }));
    }
}
