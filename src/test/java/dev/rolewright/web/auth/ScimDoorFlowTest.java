package dev.rolewright.web.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA256;

import dev.rolewright.credential.BearerToken;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.source.Author;
import dev.rolewright.source.Source;
import dev.rolewright.source.Sources;
import dev.rolewright.source.Tokens;
import dev.rolewright.source.Tokens.Wish;
import dev.rolewright.web.auth.Refusal.Reason;
import dev.rolewright.web.auth.Speaker.PersonKey;
import dev.rolewright.web.auth.Verdict.Admitted;
import dev.rolewright.web.auth.Verdict.Refused;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(TrustsAnIssuer.class)
class ScimDoorFlowTest {

    private static final Author ADMIN = new Author("admin", "request-1");

    @Inject
    ScimDoor door;

    @Inject
    Sources sources;

    @Inject
    Tokens tokens;

    private Source source;

    @BeforeEach
    void addSources() {
        source = sources.create(ADMIN, "door-" + UUID.randomUUID().toString().substring(0, 8));
        for (String name : new String[] {"with-jwt", "with-persons"}) {
            if (sources.list(0, 1_000).stream().noneMatch(s -> s.name().equals(name))) {
                sources.create(ADMIN, name);
            }
        }
    }

    private String token(@Nullable UUID person) {
        return tokens.create(ADMIN, source, new Wish("okta", null, person))
                .secret()
                .reveal();
    }

    private static String jwt(JwtClaims claims) {
        return "Bearer " + MadeUpIssuer.signed(IssuerFile.key(), RSA_USING_SHA256, claims);
    }

    private void assertRefused(Verdict<Speaker> verdict, Reason reason) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusal().reason()).isEqualTo(reason));
    }

    private void assertAdmitted(Verdict<Speaker> verdict, Speaker speaker) {
        assertThat(verdict).isEqualTo(new Admitted<>(speaker));
    }

    @Test
    void opensItsOwnSourceOnly() {
        String token = token(null);

        assertAdmitted(
                door.admit(source.name(), "Bearer " + token), new Speaker(source.id(), source.name(), "okta", null));
        assertAdmitted(door.admit(source.name(), token), new Speaker(source.id(), source.name(), "okta", null));
        assertRefused(door.admit("default", "Bearer " + token), Reason.NOT_ACCEPTED);
        assertRefused(door.admit("with-jwt", "Bearer " + token), Reason.NOT_ACCEPTED);
    }

    @Test
    void anUnknownSourceIsRefusedLikeAWrongToken() {
        String madeUp = BearerToken.mint(new SecureRandom()).reveal();

        assertThat(door.admit("nobody", "Bearer " + token(null)))
                .isEqualTo(door.admit(source.name(), "Bearer " + madeUp));
        assertThat(door.admit("nobody", "Bearer " + madeUp))
                .isEqualTo(door.admit("nobody", "Bearer " + TestTokens.SCIM));
    }

    @Test
    void theAdminTokenIsNoKeyHere() {
        assertRefused(door.admit("default", "Bearer " + TestTokens.ADMIN), Reason.NOT_ACCEPTED);
        assertRefused(door.admit("default", null), Reason.NOTHING_SHOWN);
    }

    @Test
    void aClosedSourceSaysSoToItsOwnTokensOnly() {
        String token = token(null);
        sources.close(ADMIN, source.name());

        assertRefused(door.admit(source.name(), "Bearer " + token), Reason.NOT_ALLOWED);
        assertRefused(door.admit(source.name(), "Bearer " + TestTokens.SCIM), Reason.NOT_ACCEPTED);

        sources.open(ADMIN, source.name());
        assertThat(door.admit(source.name(), "Bearer " + token)).isInstanceOf(Admitted.class);
    }

    @Test
    void aTokenMadeForAPersonSpeaksForThem() {
        UUID person = UUID.randomUUID();

        assertAdmitted(
                door.admit(source.name(), "Bearer " + token(person)),
                new Speaker(source.id(), source.name(), "okta", new PersonKey("id", person.toString())));
    }

    @Test
    void aTrustedIssuersTokenOpensTheSourceThatTrustsIt() {
        int id = sources.named("with-jwt").id();

        assertAdmitted(
                door.admit("with-jwt", jwt(MadeUpIssuer.good())), new Speaker(id, "with-jwt", "jwt:client-42", null));
        assertRefused(door.admit("default", jwt(MadeUpIssuer.good())), Reason.NOT_ACCEPTED);
        assertRefused(door.admit(source.name(), jwt(MadeUpIssuer.good())), Reason.NOT_ACCEPTED);
        assertRefused(door.admit("with-jwt", jwt(MadeUpIssuer.good(c -> c.setIssuer("x")))), Reason.NOT_ACCEPTED);
    }

    @Test
    void aPersonsJwtNeverSpeaksForTheIdentityProvider() {
        int id = sources.named("with-persons").id();
        JwtClaims ada = MadeUpIssuer.good(c -> {
            c.setSubject("0815");
            c.setClaim("preferred_username", "ada@example.org");
        });
        JwtClaims nameless = MadeUpIssuer.good(c -> c.setSubject("0815"));

        assertAdmitted(
                door.admit("with-persons", jwt(MadeUpIssuer.good())),
                new Speaker(id, "with-persons", "jwt:client-42", null));
        assertAdmitted(
                door.admit("with-persons", jwt(ada)),
                new Speaker(id, "with-persons", "jwt:0815", new PersonKey("userName", "ada@example.org")));
        assertRefused(door.admit("with-persons", jwt(nameless)), Reason.NOT_ACCEPTED);
    }
}
