package dev.rolewright.web.hr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The rows of a feed as they are read from its bytes, one after the other and no further ahead than one.
abstract class FeedBody implements Iterator<FeedBody.Row> {

    sealed interface Row {

        /// The line where it begins; in an array its place, from 1.
        int number();

        record Read(int number, ObjectNode object) implements Row {}

        /// @param problem repeats nothing of the row
        record Broken(int number, String problem) implements Row {}
    }

    private boolean looked;

    @Nullable
    private Row next;

    /// The next row; null behind the last, and not asked for again then.
    abstract @Nullable Row read() throws IOException;

    @Override
    public final boolean hasNext() {
        if (!looked) {
            try {
                next = read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            looked = true;
        }
        return next != null;
    }

    @Override
    public final Row next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        looked = false;
        return next;
    }
}
