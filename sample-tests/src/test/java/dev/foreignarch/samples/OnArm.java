package dev.foreignarch.samples;

import dev.foreignarch.jupiter.ForeignArch;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A name of your own for the architectures that you care about. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ForeignArch({"arm64v8", "arm32v7"})
@interface OnArm {}
