package dev.rolewright.web.hr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;

/// The rows of a feed as they are read from its bytes, one after the other.
interface FeedBody extends Iterator<FeedBody.Row> {

    sealed interface Row {

        /// The line where it begins.
        int number();

        record Read(int number, ObjectNode object) implements Row {}

        /// @param problem repeats nothing of the row
        record Broken(int number, String problem) implements Row {}
    }
}
