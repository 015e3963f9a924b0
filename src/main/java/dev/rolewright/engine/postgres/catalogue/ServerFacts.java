package dev.rolewright.engine.postgres.catalogue;

import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Marks;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Server;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the server is.
///
/// @param version as it calls itself, without what a packager adds
/// @param lastPass the last pass of ours that changed something here
/// @param connector the login we came with
public record ServerFacts(String version, String identity, String lineage, Optional<Long> lastPass, String connector) {

    public static ServerFacts read(Catalogue catalogue, Context context) {
        List<ServerFacts> facts = new ArrayList<>();
        catalogue.read(
                "server",
                row -> facts.add(of(row, context.marks())),
                context.own().marker().value());
        return facts.getFirst();
    }

    /// @param predefined the roles that came with the server and may be included
    public Server server(Context context, Set<RoleName> predefined) {
        Set<RoleName> own = new HashSet<>(context.own().all());
        own.add(new RoleName(connector));
        return new Server(
                "PostgreSQL " + version, identity, lineage, lastPass, own, predefined, !context.keepsGrantors());
    }

    private static ServerFacts of(ResultSet row, Marks marks) throws SQLException {
        String identity = row.getString(2);
        return new ServerFacts(
                row.getString(1).split(" ", 2)[0],
                identity,
                identity + "/" + row.getString(4),
                marks.readPass(row.getString(5)),
                row.getString(3));
    }
}
