package dev.rolewright.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.model.Caller;
import java.util.List;

/// What becomes of a text that is to be the contract.
public sealed interface ContractEvent extends AuditEvent {

    /// Another version of the contract holds.
    ///
    /// @param before the version that held, or 0
    /// @param digest of what the contract says
    /// @param origin where its text comes from
    record Activated(Caller caller, long number, long before, String digest, String origin) implements ContractEvent {
        @Override
        public Subject subject() {
            return new Subject("Contract", Long.toString(number));
        }

        @Override
        public String action() {
            return "contract.activated";
        }

        @Override
        public ObjectNode detail() {
            ObjectNode detail = JsonNodeFactory.instance.objectNode();
            if (before > 0) {
                detail.put("before", before);
            }
            return detail.put("digest", digest).put("origin", origin);
        }
    }

    /// A text that was to be the contract is not sound, so what held goes on to hold.
    ///
    /// @param origin where the text is
    /// @param errors how many were found
    /// @param places of the first of them
    record Refused(Caller caller, String origin, int errors, List<String> places) implements ContractEvent {
        public Refused {
            places = List.copyOf(places);
        }

        @Override
        public Subject subject() {
            return new Subject("Contract", origin);
        }

        @Override
        public String action() {
            return "contract.refused";
        }

        @Override
        public ObjectNode detail() {
            return Detail.with("places", places).put("errors", errors);
        }
    }
}
