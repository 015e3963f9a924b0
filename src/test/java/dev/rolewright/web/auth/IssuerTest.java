package dev.rolewright.web.auth;

import static dev.rolewright.web.auth.MadeUpIssuer.AUDIENCE;
import static dev.rolewright.web.auth.MadeUpIssuer.NAME;
import static dev.rolewright.web.auth.MadeUpIssuer.good;
import static dev.rolewright.web.auth.MadeUpIssuer.signed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jose4j.jws.AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.EDDSA;
import static org.jose4j.jws.AlgorithmIdentifiers.HMAC_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_PSS_USING_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA256;

import dev.rolewright.credential.Secret;
import dev.rolewright.web.auth.SourcesConfig.SourceIssuerConfig;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IssuerTest {

    private static final RsaJsonWebKey KEY = MadeUpIssuer.rsa("one");
    private static final RsaJsonWebKey OTHER = MadeUpIssuer.rsa("two");
    private static final RsaJsonWebKey STRANGER = MadeUpIssuer.rsa("one");

    private static Issuer issuer(Map<String, String> more, PublicJsonWebKey... published) {
        String keySet = new JsonWebKeySet(List.of(published)).toJson();
        Map<String, String> settings = new HashMap<>(more);
        settings.put("issuer", NAME);
        SourceIssuerConfig config = Settings.issuer(settings);
        return new Issuer(NAME, Set.of(AUDIENCE), config, new KeySet(NAME, () -> keySet));
    }

    private static Issuer issuer() {
        return issuer(Map.of(), KEY, OTHER);
    }

    @ParameterizedTest
    @MethodSource
    void acceptsSignaturesOfPrivateKeys(Signed signed) {
        Issuer issuer = issuer(Map.of(), signed.key());

        assertThat(issuer.check(Secret.of(signed(signed.key(), signed.algorithm(), good()))))
                .hasValueSatisfying(claims -> assertThat(Issuer.actor(claims)).isEqualTo("jwt:client-42"));
    }

    record Signed(PublicJsonWebKey key, String algorithm) {}

    static Stream<Signed> acceptsSignaturesOfPrivateKeys() throws JoseException {
        PublicJsonWebKey curve = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        curve.setKeyId("ec");
        PublicJsonWebKey edwards = OkpJwkGenerator.generateJwk("Ed25519");
        edwards.setKeyId("ed");
        return Stream.of(
                new Signed(KEY, RSA_USING_SHA256),
                new Signed(KEY, RSA_PSS_USING_SHA256),
                new Signed(curve, ECDSA_USING_P256_CURVE_AND_SHA256),
                new Signed(edwards, EDDSA));
    }

    @ParameterizedTest
    @MethodSource
    void refuses(String token) {
        assertThat(issuer().check(Secret.of(token))).isEmpty();
    }

    static Stream<Named<String>> refuses() {
        String sound = signed(KEY, RSA_USING_SHA256, good());
        String[] parts = sound.split("\\.");
        return Stream.of(
                claims("another issuer", good(c -> c.setIssuer("https://issuer.test"))),
                claims("no issuer", good(c -> c.unsetClaim("iss"))),
                claims("another audience", good(c -> c.setAudience("another-application"))),
                claims("no audience", good(c -> c.unsetClaim("aud"))),
                claims("no subject", good(c -> c.unsetClaim("sub"))),
                claims("no expiry", good(c -> c.unsetClaim("exp"))),
                claims("expired beyond the skew", good(c -> c.setExpirationTime(secondsFromNow(-70)))),
                claims("not valid yet beyond the skew", good(c -> c.setNotBefore(secondsFromNow(70)))),
                Named.of("a stranger's key under a known id", signed(STRANGER, RSA_USING_SHA256, good())),
                Named.of(
                        "the id of another key",
                        signed(KEY, RSA_USING_SHA256, good(), s -> s.setKeyIdHeaderValue("two"))),
                Named.of("an unknown key id", signed(KEY, RSA_USING_SHA256, good(), s -> s.setKeyIdHeaderValue("ten"))),
                Named.of(
                        "no key id where two keys would fit",
                        signed(
                                KEY,
                                RSA_USING_SHA256,
                                good(),
                                s -> s.getHeaders().setObjectHeaderValue("kid", null))),
                Named.of("a key it brings along", bringsItsKey()),
                Named.of("no signature", unsigned()),
                Named.of(
                        "alg none with the old signature",
                        header("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]),
                Named.of("the public key as a shared secret", publicKeyAsSecret()),
                Named.of("a cut signature", parts[0] + "." + parts[1] + "."),
                Named.of(
                        "other claims under the signature",
                        parts[0] + "."
                                + header(
                                        good(c -> c.setSubject("somebody-else")).toJson()) + "." + parts[2]),
                Named.of("an unknown critical header", critical()),
                Named.of("five parts", sound + ".a.b"),
                Named.of("something else", "not.a.token"));
    }

    @Test
    void allowsForClocksThatDiffer() {
        JwtClaims justOver = good(c -> c.setExpirationTime(secondsFromNow(-30)));
        JwtClaims notQuiteYet = good(c -> c.setNotBefore(secondsFromNow(30)));

        assertThat(issuer().check(Secret.of(signed(KEY, RSA_USING_SHA256, justOver))))
                .isPresent();
        assertThat(issuer().check(Secret.of(signed(KEY, RSA_USING_SHA256, notQuiteYet))))
                .isPresent();
    }

    @Test
    void oneOfSeveralAudiencesIsEnough() {
        JwtClaims claims = good(c -> c.setAudience("another", AUDIENCE));

        assertThat(issuer().check(Secret.of(signed(KEY, RSA_USING_SHA256, claims))))
                .isPresent();
    }

    @Test
    void asksForTheClaimsThatConfigurationNames() {
        Issuer issuer = issuer(Map.of("claims.tid", "our-tenant"), KEY);
        String ours = signed(KEY, RSA_USING_SHA256, good(c -> c.setClaim("tid", "our-tenant")));
        String theirs = signed(KEY, RSA_USING_SHA256, good(c -> c.setClaim("tid", "their-tenant")));
        String nobodys = signed(KEY, RSA_USING_SHA256, good());

        assertThat(issuer.check(Secret.of(ours))).isPresent();
        assertThat(issuer.check(Secret.of(theirs))).isEmpty();
        assertThat(issuer.check(Secret.of(nobodys))).isEmpty();
    }

    @Test
    void aSubjectCannotForgeALineOfALog() {
        JwtClaims claims = good(c -> c.setSubject("x\nINFO all is well" + "y".repeat(500)));

        assertThat(Issuer.actor(claims))
                .hasSizeLessThan(220)
                .doesNotContain("\n")
                .startsWith("jwt:x?INFO");
    }

    private static Named<String> claims(String what, JwtClaims claims) {
        return Named.of(what, signed(KEY, RSA_USING_SHA256, claims));
    }

    private static NumericDate secondsFromNow(long seconds) {
        NumericDate date = NumericDate.now();
        date.addSeconds(seconds);
        return date;
    }

    private static String header(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }

    private static String unsigned() {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(good().toJson());
            signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            signature.setAlgorithmHeaderValue("none");
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String publicKeyAsSecret() {
        return signed(
                KEY,
                HMAC_SHA256,
                good(),
                s -> s.setKey(new HmacKey(KEY.getPublicKey().getEncoded())));
    }

    private static String bringsItsKey() {
        return signed(STRANGER, RSA_USING_SHA256, good(), s -> s.getHeaders().setJwkHeaderValue("jwk", STRANGER));
    }

    private static String critical() {
        return signed(
                KEY,
                RSA_USING_SHA256,
                good(),
                s -> s.getHeaders().setObjectHeaderValue("crit", List.of("nobody-knows")));
    }
}
