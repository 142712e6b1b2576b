package dev.foreignarch.image;

/** The form of an image's name that Docker shows: the engine has one tag for the long and the short one. */
final class FamiliarName {

    private FamiliarName() {}

    static String of(String name) {
        return name.replaceFirst("^(index\\.)?docker\\.io/", "").replaceFirst("^library/", "");
    }
}
