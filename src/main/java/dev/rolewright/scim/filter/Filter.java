package dev.rolewright.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// A SCIM filter as a tree (RFC 7644 §3.4.2.2). One tree serves the SQL compiler, the in-memory matcher,
/// value paths of PATCH and the conditions of a contract.
///
/// The spelling `emails[type eq "work"].value eq "x"`, which is not RFC grammar but what Entra ID sends,
/// parses into `emails[type eq "work" and value eq "x"]`, so readers of the tree never meet it.
public sealed interface Filter {

    record And(Filter left, Filter right) implements Filter {

        /// The links of `a and b and c` in order. A chain is a tree as deep as it is long, so walk it by this
        /// and not by recursion.
        public List<Filter> chain() {
            Deque<Filter> links = new ArrayDeque<>();
            Filter rest = this;
            while (rest instanceof And(Filter before, Filter last)) {
                links.addFirst(last);
                rest = before;
            }
            links.addFirst(rest);
            return List.copyOf(links);
        }
    }

    record Or(Filter left, Filter right) implements Filter {

        /// The links of `a or b or c` in order.
        public List<Filter> chain() {
            Deque<Filter> links = new ArrayDeque<>();
            Filter rest = this;
            while (rest instanceof Or(Filter before, Filter last)) {
                links.addFirst(last);
                rest = before;
            }
            links.addFirst(rest);
            return List.copyOf(links);
        }
    }

    record Not(Filter inner) implements Filter {}

    /// `path pr`.
    record Present(AttributePath path) implements Filter {}

    /// `path op literal`; the literal is a string, number, boolean or null node.
    record Comparison(AttributePath path, Operator operator, JsonNode literal) implements Filter {

        public Comparison {
            if (!literal.isValueNode()) {
                throw new IllegalArgumentException("a filter compares with a string, number, boolean or null");
            }
        }
    }

    /// `path[inner]`: true when one and the same element satisfies `inner`, whose paths are
    /// sub-attributes of `path`.
    record ValuePath(AttributePath path, Filter inner) implements Filter {}

    enum Operator {
        EQ,
        NE,
        CO,
        SW,
        EW,
        GT,
        GE,
        LT,
        LE
    }
}
