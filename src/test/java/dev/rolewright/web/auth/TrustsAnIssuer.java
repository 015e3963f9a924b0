package dev.rolewright.web.auth;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/// Both doors trust the made-up issuer. Public for Quarkus only.
public class TrustsAnIssuer implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        String file = IssuerFile.write().toString();
        Map<String, String> settings = new HashMap<>(Map.of(
                "rolewright.admin.jwt.role-claim", "realm.roles",
                "rolewright.admin.jwt.role.approver", "four-eyes",
                "rolewright.source.with-persons.jwt.subjects", "client-42",
                "rolewright.source.with-persons.jwt.person-claim", "preferred_username"));
        for (String door : new String[] {"admin", "source.with-jwt", "source.with-persons"}) {
            settings.put("rolewright." + door + ".jwt.issuer", MadeUpIssuer.NAME);
            settings.put("rolewright." + door + ".jwt.audience", "another," + MadeUpIssuer.AUDIENCE);
            settings.put("rolewright." + door + ".jwt.jwks-file", file);
        }
        return settings;
    }
}
