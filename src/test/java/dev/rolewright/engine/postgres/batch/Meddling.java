package dev.rolewright.engine.postgres.batch;

import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.engine.postgres.translation.Keepers;
import dev.rolewright.engine.postgres.translation.Translation;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Waits;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One step, handed over as a session does it, while somebody meddles before and after it is looked up.
abstract class Meddling implements Batches.Translator {

    private final Scene scene;
    private final Outcomes outcomes;
    private final Context context;
    private final Translation translation;
    private int tries;

    Meddling(Scene scene, TestServers server, Step step) {
        this.scene = scene;
        this.outcomes = new Outcomes(List.of(step), new Shortfalls());
        this.context = Context.of(scene.reach(), server.major());
        this.translation = new Translation(context, outcomes, new Keepers(context));
    }

    /// @param tries how many there were, with this one
    void before(int tries) throws SQLException {}

    /// @param tries how many there were, with this one
    void after(int tries) throws SQLException {}

    final List<Outcome> perform() throws SQLException {
        Connection connection = scene.logIn(Scene.CONNECTOR, "postgres");
        try (Statement statement = connection.createStatement()) {
            statement.execute("set role rolewright_grantor");
        }
        new Batches(connection, context.own().grantor(), this, outcomes, Waits.upTo(Duration.ofSeconds(5)))
                .run(List.of(0));
        return outcomes.all();
    }

    final int tries() {
        return tries;
    }

    @Override
    public final List<Piece> pieces(Connection connection, List<Integer> steps) throws SQLException {
        tries++;
        before(tries);
        List<Piece> pieces = translation.pieces(connection, steps);
        after(tries);
        return pieces;
    }

    @Override
    public final boolean stillHolds(Connection connection, List<Integer> steps) throws SQLException {
        return translation.stillHolds(connection, steps);
    }

    @Override
    public final void committed() {
        translation.committed();
    }

    @Override
    public final Optional<String> remedy(Connection connection, Step step) throws SQLException {
        return translation.remedy(connection, step);
    }
}
