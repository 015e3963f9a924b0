package dev.rolewright.bench;

import java.util.stream.Collectors;

/// What the scenarios between a store and a target have agreed on.
final class AccessContract {

    private AccessContract() {}

    /// Members of these groups read, those of the group `writers` write.
    ///
    /// @param credentials how people prove who they are
    static String of(String credentials, String... readers) {
        StringBuilder text = new StringBuilder("""
                contract: 1
                environments:
                  bench: {approvals: 0}
                targets:
                  orders:
                    {engine: postgresql, environment: bench, databases: [orders], heir: orders_owner, drift: revert}
                roles:
                  bench_reader:
                    kind: read-only
                    purpose: Reading
                    owner: bench
                    target: orders
                    grants:
                      - {database: orders, schema: sales, tables: "*", privileges: [SELECT]}
                  bench_writer:
                    kind: read-write
                    purpose: Writing
                    owner: bench
                    target: orders
                    grants:
                      - {database: orders, schema: sales, tables: [orders], privileges: [SELECT, INSERT, UPDATE]}
                lifecycle: {login: "{userName.local}", grace: P30D, %s}
                brakes: {removeLogins: "100%%", suspendLogins: "100%%", revokeMemberships: "100%%", atLeast: 1000000}
                mappings:
                  - {name: writers write, group: {displayName: writers}, roles: [bench_writer]}
                """.formatted(credentials));
        for (String group : readers) {
            text.append("  - {name: %1$s read, group: {displayName: %1$s}, roles: [bench_reader]}%n".formatted(group));
        }
        return text.toString();
    }

    /// With the limits that hold where a contract names none.
    static String braked(String contract) {
        return contract.lines().filter(line -> !line.startsWith("brakes:")).collect(Collectors.joining("\n", "", "\n"));
    }
}
