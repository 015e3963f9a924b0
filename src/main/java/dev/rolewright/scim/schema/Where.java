package dev.rolewright.scim.schema;

import dev.rolewright.scim.ScimProblem;

/// A place in a body, for the sentence of a refusal. It is a chain, so that a body in which all is well costs no text.
sealed interface Where {

    /// Where a check begins: nowhere yet, or at a place somebody else describes.
    record Start(String name) implements Where {
        @Override
        public String toString() {
            return name;
        }
    }

    /// An attribute behind its extension's URN (`:`) or a sub-attribute in its object (`.`).
    record Inside(Where outer, char separator, String name) implements Where {
        @Override
        public String toString() {
            return outer.toString() + separator + name;
        }
    }

    /// One value of many.
    record Element(Where array, int index) implements Where {
        @Override
        public String toString() {
            return array + "[" + index + "]";
        }
    }

    static Where of(String name) {
        return new Start(name);
    }

    default Where attribute(String name) {
        return new Inside(this, ':', name);
    }

    default Where sub(String name) {
        return new Inside(this, '.', name);
    }

    default Where at(int index) {
        return new Element(this, index);
    }

    /// A refusal of the value found here.
    default ScimProblem invalid(String rule) {
        return problem(ScimProblem.Type.invalidValue, rule);
    }

    default ScimProblem problem(ScimProblem.Type type, String rule) {
        return ScimProblem.of(type, this + ": " + rule);
    }
}
