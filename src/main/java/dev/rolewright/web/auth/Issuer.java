package dev.rolewright.web.auth;

import dev.rolewright.credential.Secret;
import java.security.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/// An issuer whose tokens are trusted, and the checks each of them must stand.
///
/// Only signatures made with a private key are accepted: `none` and the HMAC family are not, so that a public key can
/// never serve as a shared secret. Exactly one of the issuer's keys must fit the token's key id, algorithm and curve;
/// keys that a token brings along (`jwk`, `jku`, `x5u`) are not looked at.
final class Issuer {

    private static final AlgorithmConstraints SIGNATURES = new AlgorithmConstraints(
            ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_USING_SHA384,
            AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
            AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
            AlgorithmIdentifiers.EDDSA);

    // A JWS in compact form: its header is a JSON object and so begins with the encoding of '{"'.
    private static final Pattern COMPACT = Pattern.compile("ey[\\w-]+\\.[\\w-]+\\.[\\w-]*");

    private static final Pattern SUBJECT_NOISE = Pattern.compile("[^ -~]|(?<=^.{200}).+", Pattern.DOTALL);

    private final KeySet keys;
    private final JwtConsumer checks;
    private final Map<String, String> claims;

    /// @param name its exact `iss`
    Issuer(String name, Set<String> audience, IssuerConfig config, KeySet keys) {
        this.keys = keys;
        this.claims = Map.copyOf(config.claims());
        this.checks = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(SIGNATURES)
                .setVerificationKeyResolver(this::key)
                .setExpectedIssuer(true, name)
                .setExpectedAudience(true, audience.toArray(String[]::new))
                .setRequireSubject()
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(Math.toIntExact(config.clockSkew().toSeconds()))
                .build();
    }

    /// Gives the claims of a token that stands all checks; why another does not is nobody's business.
    Optional<JwtClaims> check(Secret token) {
        if (!COMPACT.matcher(token.reveal()).matches()) {
            return Optional.empty();
        }
        try {
            JwtClaims found = checks.processToClaims(token.reveal());
            boolean fits = claims.entrySet().stream()
                    .allMatch(claim -> claim.getValue().equals(found.getClaimValue(claim.getKey())));
            return fits ? Optional.of(found) : Optional.empty();
        } catch (InvalidJwtException e) {
            return Optional.empty();
        }
    }

    /// The name of a token's bearer for the audit trail; marked, so that no subject can pass for a token of ours.
    static String actor(JwtClaims claims) {
        return "jwt:" + SUBJECT_NOISE.matcher(subject(claims)).replaceAll("?");
    }

    static String subject(JwtClaims claims) {
        try {
            return claims.getSubject();
        } catch (MalformedClaimException e) {
            throw new IllegalStateException("the checks let a token without a subject pass", e);
        }
    }

    private Key key(JsonWebSignature signature, List<JsonWebStructure> nesting) throws UnresolvableKeyException {
        List<JsonWebKey> fitting = select(signature, keys.current());
        if (fitting.isEmpty()) {
            fitting = select(signature, keys.renewed());
        }
        if (fitting.size() != 1) {
            throw new UnresolvableKeyException("the issuer has " + fitting.size() + " keys that fit");
        }
        return fitting.getFirst().getKey();
    }

    private static List<JsonWebKey> select(JsonWebSignature signature, List<JsonWebKey> keys)
            throws UnresolvableKeyException {
        try {
            return new VerificationJwkSelector().selectList(signature, keys);
        } catch (JoseException e) {
            throw new UnresolvableKeyException("the issuer's keys cannot be compared with the token", e);
        }
    }
}
