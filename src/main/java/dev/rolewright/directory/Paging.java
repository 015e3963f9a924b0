package dev.rolewright.directory;

import org.jspecify.annotations.Nullable;

/// Which part of a result a search returns.
public sealed interface Paging {

    int count();

    /// Index paging (RFC 7644 §3.4.2.4).
    ///
    /// @param startIndex 1-based
    /// @param count at most so many; 0 asks for the total only
    record Index(long startIndex, int count) implements Paging {
        public Index {
            if (startIndex < 1 || count < 0) {
                throw new IllegalArgumentException("startIndex starts at 1, count at 0");
            }
        }
    }

    /// Cursor paging (RFC 9865).
    ///
    /// @param token what the page before gave as its next cursor; null asks for the first page
    record Cursor(@Nullable String token, int count) implements Paging {
        public Cursor {
            if (count < 0) {
                throw new IllegalArgumentException("count starts at 0");
            }
        }
    }
}
