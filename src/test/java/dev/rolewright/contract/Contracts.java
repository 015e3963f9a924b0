package dev.rolewright.contract;

import dev.rolewright.scim.schema.AcmeCatalog;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Contracts to test with.
final class Contracts {

    /// Everything the language has.
    static final String WHOLE = """
            contract: 1
            environments:
              production: {approvals: 2, forbid: [superuser, createrole, bypassrls], maxLease: PT8H}
            targets:
              orders:
                engine: postgresql
                environment: production
                databases: [orders]
                heir: orders_owner
                drift: revert
            roles:
              orders_reader:
                kind: read-only
                purpose: Reporting on orders
                owner: data-team
                target: orders
                grants:
                  - {database: orders, schema: sales, tables: "*", privileges: [SELECT], future: {createdBy: [orders_owner]}}
                  - {database: orders, schema: sales, sequences: "*", privileges: [SELECT]}
                  - {database: orders, schema: crm, table: customers, columns: [id, country], privileges: [SELECT]}
                  - {database: orders, schema: sales, functions: ["order_total(bigint)"], privileges: [EXECUTE]}
                rows:
                  - {database: orders, table: sales.orders, using: "region = 'EU'"}
              orders_writer:
                kind: read-write
                purpose: Correct orders by hand
                owner: order-desk
                target: orders
                includes: [orders_reader]
                grants:
                  - {database: orders, schema: sales, tables: [orders, order_lines], privileges: [INSERT, UPDATE]}
              orders_approver:
                kind: read-write
                purpose: Approve orders
                owner: order-desk
                target: orders
                grants:
                  - {database: orders, schema: sales, table: approvals, privileges: [SELECT, INSERT]}
            mappings:
              - name: analysts read orders
                group: {displayName: db-analysts}
                when: 'userType eq "Employee" and urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "Data"'
                roles: [orders_reader]
              - name: contractors until the end of the project
                group: {matches: "db-*-contractors"}
                roles: [orders_reader]
                until: 2027-03-31
              - name: leads approve
                group: {externalId: "4711"}
                roles: [orders_approver]
            separation:
              - {name: nobody both enters and approves, never: [orders_writer, orders_approver]}
            elevations:
              - {role: orders_writer, who: {group: {displayName: db-oncall}}, approvers: {group: {displayName: db-leads}}, atMost: PT4H}
            lifecycle:
              login: "{userName.local}"
              grace: P10D
              credentials: password
              rotateEvery: P90D
            services:
              - {name: nightly-export, owner: {userName: ada@example.org}, roles: [orders_reader], rotateEvery: P7D, connections: 2}
            protected:
              logins: ["postgres", "app_*"]
            brakes: {removeLogins: "10%", suspendLogins: "15%", revokeMemberships: "25%", atLeast: 3}
            """;

    /// What something speaks to in these tests.
    static final Set<String> ENGINES = Set.of("postgresql");

    private Contracts() {}

    static Reading read(String... texts) {
        return ContractReader.read(
                IntStream.range(0, texts.length)
                        .mapToObj(i -> new SourceFile((char) ('a' + i) + ".yaml", texts[i]))
                        .toList(),
                AcmeCatalog.USER,
                ENGINES);
    }

    /// A contract in which nothing is an error.
    static Contract contract(String... texts) {
        Reading reading = read(texts);
        return reading.contract().orElseThrow(() -> new AssertionError(reading.findings()));
    }

    /// What is found in the whole contract when one of its pieces is another.
    static List<Finding> findings(String piece, String other) {
        if (!WHOLE.contains(piece)) {
            throw new IllegalArgumentException(piece);
        }
        return read(WHOLE.replace(piece, other)).findings();
    }
}
