/// Unpacks a zip when its SHA-512 is the expected one: `java Unpack.java <zip> <sha512> <folder>`.
void main(String[] arguments) throws Exception {
    byte[] zip = Files.readAllBytes(Path.of(arguments[0]));
    String found = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(zip));
    if (!found.equals(arguments[1])) {
        System.err.println("mvnw: the SHA-512 of " + arguments[0] + " is " + found + ", not " + arguments[1]);
        System.exit(1);
    }
    var folder = Path.of(arguments[2]).toRealPath();
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
        for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
            var file = folder.resolve(entry.getName());
            if (entry.isDirectory()) {
                Files.createDirectories(file);
            } else {
                Files.createDirectories(file.getParent());
                Files.copy(in, file);
                if (file.endsWith("bin/mvn")) {
                    file.toFile().setExecutable(true);
                }
            }
        }
    }
}
