/** Another project, with other names for the parts of its hexagon, that takes the rules. */
@NullMarked
package com.example.bakery;

import org.jspecify.annotations.NullMarked;
