/* hwloc's archive asks udev for disks and network cards, which nobody here looks for. These stand
 * in for it, so that no library is loaded for that at every start: to hwloc, udev is not running.
 */
struct udev;
struct udev_device;

struct udev *udev_new(void);
struct udev *udev_unref(struct udev *udev);
struct udev_device *udev_device_new_from_subsystem_sysname(
	struct udev *udev, const char *subsystem, const char *name);
const char *udev_device_get_property_value(struct udev_device *device, const char *key);
struct udev_device *udev_device_unref(struct udev_device *device);

struct udev *udev_new(void)
{
	return (void *)0;
}

struct udev *udev_unref(struct udev *udev)
{
	(void)udev;
	return (void *)0;
}

struct udev_device *udev_device_new_from_subsystem_sysname(
	struct udev *udev, const char *subsystem, const char *name)
{
	(void)udev, (void)subsystem, (void)name;
	return (void *)0;
}

const char *udev_device_get_property_value(struct udev_device *device, const char *key)
{
	(void)device, (void)key;
	return (void *)0;
}

struct udev_device *udev_device_unref(struct udev_device *device)
{
	(void)device;
	return (void *)0;
}
