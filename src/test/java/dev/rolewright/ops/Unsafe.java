package dev.rolewright.ops;

import java.util.Map;

/// The demo, opened to everybody, with an HR system that does not sign, a target that is spoken to in the open and a
/// setting that nobody reads. Public for Quarkus only.
public class Unsafe extends TheDemo {

    static final String TOKEN = "hush-hush-hush";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.http.host",
                "0.0.0.0",
                "rolewright.embedded-store",
                "/home/ada/.rolewright/store",
                "rolewright.hr.sender.bamboo.token",
                TOKEN,
                "rolewright.target.crm.url",
                "jdbc:postgresql://crm.example.org/crm?user=" + TOKEN,
                "rolewright.target.crm.username",
                "connector",
                "rolewright.target.crm.password",
                TOKEN,
                "rolewright.target.erp.url",
                "jdbc:postgresql://ada:" + TOKEN + "@erp.example.org/erp",
                "rolewright.target.erp.username",
                "connector",
                "rolewright.reconcil.lease",
                TOKEN);
    }
}
