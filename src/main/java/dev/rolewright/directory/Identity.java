package dev.rolewright.directory;

import dev.rolewright.scim.StorableText;
import dev.rolewright.scim.schema.Folding;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// One of the names by which others know a person.
///
/// @param value in the form in which the directory compares it
public record Identity(Key key, String value) {

    /// An entry of an index has room for as many and a little more; nobody in the directory is called by more.
    private static final int MOST_BYTES = 2_000;

    public enum Key {
        /// The SCIM id.
        ID,
        /// `employeeNumber` of the enterprise extension.
        EMPLOYEE_NUMBER,
        /// Any of the e-mail addresses.
        EMAIL,
        USER_NAME,
        EXTERNAL_ID
    }

    public Identity {
        if (!isName(value)) {
            throw new IllegalArgumentException(
                    "A person is named by a text of 1 to " + MOST_BYTES + " bytes that can be kept.");
        }
    }

    /// Whether somebody can be called so.
    public static boolean isName(String text) {
        return !text.isBlank()
                && text.length() <= MOST_BYTES
                && text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
                && StorableText.is(text);
    }

    /// @throws IllegalArgumentException when nobody can be called so
    public static Identity of(Key key, String text) {
        return switch (key) {
            case ID -> new Identity(key, id(text));
            case EXTERNAL_ID -> new Identity(key, text); // the one whose case matters (RFC 7643 §3.1)
            case EMPLOYEE_NUMBER, EMAIL, USER_NAME -> new Identity(key, Folding.fold(text));
        };
    }

    private static String id(String text) {
        UUID id = UUID.fromString(text);
        if (!id.toString().equalsIgnoreCase(text)) { // Java also reads ids with digits left out
            throw new IllegalArgumentException("That is no id of a person.");
        }
        return id.toString();
    }
}
