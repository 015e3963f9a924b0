package dev.rolewright.scim.schema;

import static dev.rolewright.scim.schema.StandardCatalog.CATALOG;

import dev.rolewright.GeneratedPage;
import dev.rolewright.scim.schema.Attribute.Mutability;
import dev.rolewright.scim.schema.Attribute.Returned;
import dev.rolewright.scim.schema.Attribute.Type;
import dev.rolewright.scim.schema.Attribute.Uniqueness;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

class SchemaReferenceTest {

    @Test
    void thePageSaysWhatTheSchemasSay() {
        GeneratedPage.assertUpToDate("schemas.md", page());
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Attributes

                What people and groups can have, from the files in `scim-schemas/`. A client reads the same under
                `/Schemas`; [add your own](../how-to/add-your-own-attributes.md). Unless a line says otherwise an
                attribute is a text that ignores case, may be set by the client and is returned.
                """);
        for (ResourceType type : CATALOG.types()) {
            page.append("\n## ").append(type.name()).append("\n\n`").append(type.endpoint());
            page.append("`: ").append(type.description()).append('\n');
            table(page, CATALOG.schema(type.core().id()).orElseThrow());
            for (ResourceType.Extension extension : type.extensions()) {
                table(page, extension.schema());
            }
        }
        page.append("\n## Every resource\n\n| attribute | is | means |\n|---|---|---|\n");
        rows(page, "", CommonAttributes.ALL);
        return page.toString();
    }

    private static void table(StringBuilder page, Schema schema) {
        page.append("\n`").append(schema.id()).append("`: ").append(schema.description());
        page.append("\n\n| attribute | is | means |\n|---|---|---|\n");
        rows(page, "", schema.attributes());
    }

    private static void rows(StringBuilder page, String prefix, List<Attribute> attributes) {
        for (Attribute attribute : attributes) {
            page.append("| `").append(prefix).append(attribute.name()).append("` | ");
            page.append(characteristics(attribute)).append(" | ").append(attribute.description());
            if (!attribute.canonicalValues().isEmpty()) {
                page.append(" Suggested: `")
                        .append(String.join("`, `", attribute.canonicalValues()))
                        .append("`.");
            }
            page.append(" |\n");
            rows(page, prefix + attribute.name() + ".", attribute.subAttributes());
        }
    }

    private static String characteristics(Attribute attribute) {
        StringJoiner words = new StringJoiner(", ");
        if (attribute.type() != Type.STRING) {
            words.add(Words.of(attribute.type()));
        }
        if (attribute.multiValued()) {
            words.add("many");
        }
        if (attribute.required()) {
            words.add("required");
        }
        if (attribute.type() == Type.STRING && attribute.caseExact()) {
            words.add("caseExact");
        }
        if (attribute.mutability() != Mutability.READ_WRITE) {
            words.add(Words.of(attribute.mutability()));
        }
        if (attribute.returned() != Returned.DEFAULT) {
            words.add("returned " + Words.of(attribute.returned()));
        }
        if (attribute.uniqueness() != Uniqueness.NONE) {
            words.add("unique");
        }
        return words.toString();
    }
}
