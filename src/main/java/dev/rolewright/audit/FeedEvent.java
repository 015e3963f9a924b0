package dev.rolewright.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.model.Caller;
import java.util.List;

/// What becomes of a feed of an HR system; its rows have events of their own.
public sealed interface FeedEvent extends AuditEvent {

    /// The HR system.
    String sender();

    long feed();

    /// Of its bytes; a release signs it.
    String digest();

    @Override
    default Subject subject() {
        return new Subject("HrFeed", sender() + "/" + feed());
    }

    @Override
    default ObjectNode detail() {
        return AuditEvent.super
                .detail()
                .put("sender", sender())
                .put("feed", feed())
                .put("digest", digest());
    }

    /// All rows of it that could be taken are facts.
    ///
    /// @param stops how many active people it fences
    record Applied(Caller caller, String sender, long feed, String digest, long stops) implements FeedEvent {
        @Override
        public String action() {
            return "feed.applied";
        }

        @Override
        public ObjectNode detail() {
            return FeedEvent.super.detail().put("stops", stops);
        }
    }

    /// It would stop too many people at once, so it waits for a human.
    ///
    /// @param why which limit it passes
    record Held(Caller caller, String sender, long feed, String digest, long stops, List<String> why)
            implements FeedEvent {
        public Held {
            why = List.copyOf(why);
        }

        @Override
        public String action() {
            return "feed.held";
        }

        @Override
        public ObjectNode detail() {
            ObjectNode detail = FeedEvent.super.detail().put("stops", stops);
            return detail.set("why", Detail.list(why));
        }
    }

    /// A human lets it become facts.
    record Released(Caller caller, String sender, long feed, String digest, String reason) implements FeedEvent {
        @Override
        public String action() {
            return "feed.released";
        }

        @Override
        public ObjectNode detail() {
            return FeedEvent.super.detail().put("reason", reason);
        }
    }

    /// A human does not want it.
    record Refused(Caller caller, String sender, long feed, String digest, String reason) implements FeedEvent {
        @Override
        public String action() {
            return "feed.refused";
        }

        @Override
        public ObjectNode detail() {
            return FeedEvent.super.detail().put("reason", reason);
        }
    }
}
