package dev.rolewright.reconcile;

/// The contract that tests on a real server begin with: a group that reads orders, and one that corrects them.
public final class OrdersContract {

    private OrdersContract() {}

    /// @param tag what the names of the groups end in, so that tests do not meet
    public static String of(String tag) {
        return """
                contract: 1
                environments: {test: {}}
                targets:
                  orders: {engine: postgresql, environment: test, databases: [orders], heir: orders_owner, drift: revert}
                roles:
                  orders_reader:
                    kind: read-only
                    purpose: Reading
                    owner: us
                    target: orders
                    grants:
                      - {database: orders, schema: sales, tables: "*", privileges: [SELECT]}
                  orders_writer:
                    kind: read-write
                    purpose: Correcting
                    owner: us
                    target: orders
                    includes: [orders_reader]
                    grants:
                      - {database: orders, schema: sales, tables: [orders], privileges: [UPDATE]}
                mappings:
                  - {name: analysts read, group: {displayName: analysts-%1$s}, roles: [orders_reader]}
                  - {name: the desk corrects, group: {displayName: desk-%1$s}, roles: [orders_writer]}
                lifecycle: {login: "{userName.local}", grace: P30D, credentials: external}
                brakes: {removeLogins: "100%%", suspendLogins: "100%%", revokeMemberships: "100%%", atLeast: 1000}
                """.formatted(tag);
    }
}
